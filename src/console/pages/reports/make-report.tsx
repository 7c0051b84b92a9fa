import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Radio, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { beijingInput } from '../../dates/official-date.ts';
import { useKeys } from '../../shell/key-commands.ts';
import { Panel } from '../../shell/page.tsx';
import { useProblemWords } from '../../shell/use-problem-words.ts';
import { useTexts } from '../../texts/texts.ts';
import { lastOver, monthsOf, partsOf, SPANS, yearsUntil, type PeriodChoice, type Span } from './period-choice.ts';

const SPAN_LABELS = { month: 'ofMonth', quarter: 'quarter', year: 'year' } as const;

/** Counts a month, a quarter or a year as of now. At first the last month that is over. */
export function MakeReport() {
  const t = useTexts('reports');
  const words = useProblemWords('period');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [today] = useState(() => beijingInput(new Date()).slice(0, 10));
  const [choice, setChoice] = useState<PeriodChoice>(() => lastOver('month', today));
  const make = useMutation({
    mutationFn: () => ask(api.POST('/api/reports', { body: monthsOf(choice) })),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['reports'] });
      void navigate(`/reports/${String(id)}`);
    },
  });
  useKeys({
    n: { label: t('keyMake'), run: () => document.querySelector<HTMLElement>('#report-make input')?.focus() },
  });
  return (
    <Panel id="report-make" title={t('make')}>
      <div className="reports-form">
        <Radio.Group
          optionType="button"
          aria-label={t('span')}
          value={choice.span}
          options={SPANS.map((span) => ({ value: span, label: t(SPAN_LABELS[span]) }))}
          onChange={({ target }) => setChoice(lastOver(target.value as Span, today))}
        />
        <PeriodFields choice={choice} today={today} onChange={setChoice} />
        <Button type="primary" loading={make.isPending} onClick={() => make.mutate()}>
          {t('count')}
        </Button>
      </div>
      <p className="reports-quiet">{t('makeHint')}</p>
      <div role="alert" className="reports-problem">
        {make.isError && (words(make.error) ?? t('notMade'))}
      </div>
    </Panel>
  );
}

type FieldsProps = { readonly choice: PeriodChoice; readonly today: string; onChange(choice: PeriodChoice): void };

function PeriodFields({ choice, today, onChange }: FieldsProps) {
  const t = useTexts('reports');
  const { span, year, part } = choice;
  const parts = partsOf(span, year, today);
  const inYear = (of: number): PeriodChoice => {
    const [latest = 1] = partsOf(span, of, today);
    return { span, year: of, part: Math.min(part, latest) };
  };
  return (
    <>
      <Select
        aria-label={t('year')}
        className="reports-select"
        value={year}
        options={yearsUntil(today).map((value) => ({ value, label: t('yearOf', { year: value }) }))}
        onChange={(of) => onChange(inYear(of))}
      />
      {span !== 'year' && (
        <Select
          aria-label={t(span)}
          className="reports-select"
          value={part}
          options={parts.map((value) => ({
            value,
            label: t(span === 'month' ? 'monthOf' : 'quarterOf', { n: value }),
          }))}
          onChange={(of) => onChange({ span, year, part: of })}
        />
      )}
    </>
  );
}
