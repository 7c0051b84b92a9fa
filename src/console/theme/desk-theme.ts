import { theme, type ThemeConfig } from 'antd';
import { PALETTES, type Tone } from './palette.ts';

/** Fonts that the office's machines have: nothing is fetched. */
const FONT =
  '"Source Han Sans SC", "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", system-ui, sans-serif';

/** The desk's own tokens on Ant Design: an official blue, small type, little rounding, calm surfaces. */
export function deskTheme(tone: Tone): ThemeConfig {
  const dark = tone === 'dark';
  const palette = PALETTES[tone];
  return {
    algorithm: dark ? [theme.darkAlgorithm, theme.compactAlgorithm] : [theme.defaultAlgorithm, theme.compactAlgorithm],
    cssVar: { key: 'desk' },
    token: {
      colorPrimary: palette.accent,
      colorLink: palette.accent,
      colorError: palette.urgent,
      colorWarning: palette.soon,
      colorSuccess: palette.calm,
      colorText: palette.ink,
      // Hints and descriptions are read, too: Ant Design's own are below 4.5:1.
      colorTextSecondary: palette.quiet,
      colorTextTertiary: palette.quiet,
      colorTextDescription: palette.quiet,
      colorTextPlaceholder: palette.quiet,
      colorBgLayout: palette.ground,
      colorBgContainer: palette.surface,
      colorBorderSecondary: palette.line,
      fontFamily: FONT,
      fontSize: 16, // 14 when the compact algorithm has made it one smaller
      borderRadius: 4,
      wireframe: false,
    },
    components: {
      // Bright buttons of the dark desk carry dark words.
      Button: dark ? { primaryColor: palette.ground, dangerColor: palette.ground } : {},
    },
  };
}
