export type Tide = { readonly height: number; readonly at: string };

export const lowWater: Tide = { height: 0.4, at: '05:12' };
export const highWater: Tide = { height: 3.9, at: '11:26' };
