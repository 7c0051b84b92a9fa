import { Alert, Button } from 'antd';
import { useTexts } from '../texts/texts.ts';

type NotLoadedProps = {
  readonly title: string;
  readonly className?: string;
  readonly isAsking: boolean;
  readonly onAgain: () => void;
};

/** In the place of what could not be read: what it was, and a button that asks again. */
export function NotLoaded({ title, className, isAsking, onAgain }: NotLoadedProps) {
  const t = useTexts('shell');
  return (
    <Alert
      {...(className === undefined ? {} : { className })}
      type="error"
      showIcon
      title={title}
      action={
        <Button loading={isAsking} onClick={onAgain}>
          {t('again')}
        </Button>
      }
    />
  );
}
