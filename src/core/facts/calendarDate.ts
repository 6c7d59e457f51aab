/**
 * Reduces a date as front matter holds it to `YYYY-MM-DD`, and gives nothing for what is none: `2024-01-02`,
 * `2024-1-2`, `2024-01-02T23:30:00-05:00`, `2024-01-02 10:00 +0100`. The day is the one that is written down, in
 * whatever zone: another one would surprise who wrote it.
 */
export function calendarDate(text: string): string | undefined {
  const match = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt\s]\s*\d{1,2}(?::\d{2})?.*|\s*)$/.exec(text);
  const [, year = '', month = '', day = ''] = match ?? [];
  if (match === null || Number(day) < 1 || Number(day) > daysIn(Number(year), Number(month)))
    return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** 0 for a month that doesn't exist. */
function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  if (month < 1 || month > 12) return 0;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
