import { Link } from 'react-router';
import { useCodeName, useTexts } from '../../texts/texts.ts';
import { behindAddress, COLUMNS, countOf, percent, type Counted, type Figure } from './report-types.ts';

type Props = {
  /** Rows of one measure, or of several that have nothing but a sum. */
  readonly figures: readonly Figure[];
  readonly caption: string;
  /** Of the column of names. */
  readonly first: string;
  /** The report whose lists the figures open; null: the reader may not see them. */
  readonly linksTo: number | null;
  nameOf(figure: Figure): string;
};

/** Figures in rows. Each leads to the frozen list of what it counts. */
export function FigureTable({ figures, caption, first, linksTo, nameOf }: Props) {
  const t = useTexts('reports');
  const name = useCodeName();
  const measure = figures[0]?.measure ?? 'intake';
  const columns = COLUMNS[measure];
  const rate = columns.length > 0;
  return (
    <div className="reports-scroll">
      <table className="reports-table reports-figures">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {columns.map((counted) => (
              <th key={counted} scope="col" className="reports-figure">
                {name('counted', { code: counted })}
              </th>
            ))}
            <th scope="col" className="reports-figure">
              {t('cases')}
            </th>
            {rate && (
              <th scope="col" className="reports-figure">
                {t(measure === 'callback' ? 'satisfactionRate' : 'onTimeRate')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <tr key={`${String(figure.stage)} ${String(figure.legal)} ${figure.measure} ${figure.key.code}`}>
              <th scope="row">{nameOf(figure)}</th>
              {columns.map((counted) => (
                <td key={counted} className="reports-figure">
                  <Count figure={figure} counted={counted} linksTo={linksTo} row={nameOf(figure)} />
                </td>
              ))}
              <td className="reports-figure">
                <Count figure={figure} counted={null} linksTo={linksTo} row={nameOf(figure)} />
              </td>
              {rate && <td className="reports-figure reports-rate">{percent(figure.rate)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type CountProps = {
  readonly figure: Figure;
  readonly counted: Counted | null;
  readonly linksTo: number | null;
  readonly row: string;
};

/** One figure; nothing stands behind a nought, nor behind units that were put together. */
function Count({ figure, counted, linksTo, row }: CountProps) {
  const t = useTexts('reports');
  const name = useCodeName();
  const count = counted === null ? figure.total : countOf(figure, counted);
  if (count === 0) return <span className="reports-quiet">0</span>;
  if (linksTo === null) return String(count);
  return (
    <Link
      to={behindAddress(linksTo, figure, counted)}
      aria-label={t('openCases', {
        row,
        column: counted === null ? t('cases') : name('counted', { code: counted }),
        count,
      })}
    >
      {count}
    </Link>
  );
}
