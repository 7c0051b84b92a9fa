import { useId } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { barScale } from './bar-scale.ts';

export type IntakeBar = {
  /** ISO 8601. */
  readonly at: string;
  /** Beneath the bar, and in full. */
  readonly short: string;
  readonly long: string;
  readonly email: number;
  readonly phone: number;
};

type Props = {
  readonly bars: readonly IntakeBar[];
  readonly title: string;
  readonly email: string;
  readonly phone: string;
  /** Every how many bars one is named, counted from the last. */
  readonly every: number;
};

const WIDTH = 560;
const HEIGHT = 168;
const LEFT = 34;
const RIGHT = 6;
const TOP = 8;
const BOTTOM = 24;
const PLOT = HEIGHT - TOP - BOTTOM;

/** Stacked bars, mail below and calls above it. The table beside it says the same to those who do not see it. */
export function IntakeChart({ bars, title, email, phone, every }: Props) {
  const t = useTexts('today');
  const id = useId();
  const { top, lines } = barScale(Math.max(0, ...bars.map((bar) => bar.email + bar.phone)));
  const slot = (WIDTH - LEFT - RIGHT) / Math.max(1, bars.length);
  const heightOf = (count: number): number => (count / top) * PLOT;
  return (
    <svg
      className="today-chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-desc`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{describe()}</desc>
      {lines.map((line) => (
        <g key={line}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={TOP + PLOT - heightOf(line)} y2={TOP + PLOT - heightOf(line)} />
          <text x={LEFT - 6} y={TOP + PLOT - heightOf(line) + 4} textAnchor="end">
            {line}
          </text>
        </g>
      ))}
      {bars.map((bar, n) => {
        const x = LEFT + n * slot;
        const mail = heightOf(bar.email);
        const calls = heightOf(bar.phone);
        return (
          <g key={bar.at} className="today-bar">
            <title>{t('barSays', { when: bar.long, email, emails: bar.email, phone, calls: bar.phone })}</title>
            <rect className="today-bar-room" x={x} y={TOP} width={slot} height={PLOT} />
            <rect
              className="today-bar-email"
              x={x + slot * 0.18}
              y={TOP + PLOT - mail}
              width={slot * 0.64}
              height={mail}
            />
            <rect
              className="today-bar-phone"
              x={x + slot * 0.18}
              y={TOP + PLOT - mail - calls}
              width={slot * 0.64}
              height={calls}
            />
            {(bars.length - 1 - n) % every === 0 && (
              <text x={x + slot / 2} y={HEIGHT - 6} textAnchor="middle">
                {bar.short}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );

  function describe(): string {
    const most = bars.reduce<IntakeBar | null>(
      (best, bar) => (best === null || bar.email + bar.phone > best.email + best.phone ? bar : best),
      null,
    );
    if (most === null || most.email + most.phone === 0) return t('chartEmpty');
    return t('chartMost', { when: most.long, count: most.email + most.phone });
  }
}
