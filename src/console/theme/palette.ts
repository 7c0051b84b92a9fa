export type Tone = 'light' | 'dark';

/** The same colours as the variables in desk.css: a test compares them. */
export const PALETTES = {
  light: {
    ground: '#f3f5f8',
    surface: '#ffffff',
    line: '#d6dce4',
    ink: '#1b232e',
    quiet: '#54606e',
    accent: '#1f5fa8',
    urgent: '#b3261e',
    soon: '#7d5200',
    calm: '#1d6b42',
  },
  dark: {
    ground: '#13161b',
    surface: '#1b1f26',
    line: '#363e4a',
    ink: '#e4e8ee',
    quiet: '#a6b0bd',
    accent: '#7fb0e8',
    urgent: '#f28b82',
    soon: '#e3b05a',
    calm: '#78c596',
  },
} as const;
