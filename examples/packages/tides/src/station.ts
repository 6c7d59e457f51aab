export interface Station {
  readonly name: string;
  readonly offsetMinutes: number;
}

export const stations: readonly Station[] = [{ name: 'Breakwater', offsetMinutes: 0 }];
