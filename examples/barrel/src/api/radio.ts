export function radio(channel: number): string {
  return `Harbour office on channel ${channel}`;
}
