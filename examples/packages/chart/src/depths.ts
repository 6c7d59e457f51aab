export const depths = [2.1, 2.8] as const;
export type Depth = (typeof depths)[number];
