import { Radio } from 'antd';
import { useSearchParams } from 'react-router';
import { Panel } from '../../shell/page.tsx';
import { useTexts } from '../../texts/texts.ts';
import { FigureTable } from './figure-table.tsx';
import { BREAKDOWNS, seriesCode, type Breakdown, type Figure, type Report } from './report-types.ts';
import { useReportWords } from './use-report-words.ts';

type Props = { readonly report: Report; readonly decides: boolean };

/** The whole, and below it the same taken apart by what the reader chooses, which stands in the address. */
export function ReportFigures({ report, decides }: Props) {
  const t = useTexts('reports');
  const [query, setQuery] = useSearchParams();
  const { seriesName, rowName } = useReportWords();
  const by = BREAKDOWNS.find((one) => one === query.get('by')) ?? 'category';
  const whole = report.figures.filter((one) => one.by === 'all');
  const groups = groupsOf(report.figures, by);
  const links = decides ? report.id : null;
  const table = (figures: readonly Figure[], nameOf: (figure: Figure) => string, caption: string, first: string) => (
    <FigureTable figures={figures} nameOf={nameOf} caption={caption} first={first} linksTo={links} />
  );
  const measured = (measure: Figure['measure']) => whole.filter((one) => one.measure === measure);
  return (
    <>
      <Panel id="report-whole" title={t('whole')}>
        <div className="reports-wholes">
          {table(measured('timeliness'), seriesName, t('timeliness'), t('stage'))}
          {table([...measured('intake'), ...measured('backlog')], seriesName, t('stock'), t('item'))}
          {table(measured('callback'), seriesName, t('callback'), t('item'))}
        </div>
      </Panel>
      <Panel
        id="report-parts"
        title={t('parts')}
        aside={
          <Radio.Group
            optionType="button"
            aria-label={t('by')}
            value={by}
            options={BREAKDOWNS.map((one) => ({ value: one, label: t(one) }))}
            onChange={({ target }) => setQuery({ by: String(target.value) }, { replace: true })}
          />
        }
      >
        {groups.length === 0 && <p className="reports-quiet">{t(by === 'unit' ? 'noUnits' : 'noFigures')}</p>}
        <div className="reports-parts">
          {groups.map(([series, figures]) => (
            <div key={series}>{figures[0] !== undefined && table(figures, rowName, seriesName(figures[0]), t(by))}</div>
          ))}
        </div>
      </Panel>
    </>
  );
}

function groupsOf(figures: readonly Figure[], by: Breakdown): readonly (readonly [string, readonly Figure[]])[] {
  const groups = new Map<string, Figure[]>();
  for (const figure of figures.filter((one) => one.by === by)) {
    const series = seriesCode(figure);
    groups.set(series, [...(groups.get(series) ?? []), figure]);
  }
  return [...groups];
}
