import type { Fault } from '../support/faultLayer.ts';
import type { CellInput, Way } from './faultCells.ts';

/** What a write under faults has to come to. */
export type Ending =
  /** The write failed before the file was touched. */
  | { readonly kind: 'refused'; readonly step: string; readonly code: string }
  /** The new file is in place, and only its survival of a power cut is unknown. */
  | { readonly kind: 'unsure'; readonly code: string }
  /** The write went through all the same, with these results. */
  | {
      readonly kind: 'written';
      readonly renameRetries?: number;
      readonly durability?: string;
      readonly isOwnerKept?: boolean;
    };

export type Cell = CellInput & { readonly title: string; readonly ending: Ending };

type Code = Fault['what'];
type Operation = Fault['operation'];

/** Errors that last: whatever is tried again meets them again. */
const lasting: readonly {
  readonly operation: Operation;
  readonly step: string;
  readonly codes: readonly Code[];
  readonly ways: readonly Way[];
}[] = [
  {
    operation: 'open',
    step: 'createTemp',
    codes: ['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'ESTALE'],
    ways: ['overwrite'],
  },
  {
    operation: 'open',
    step: 'createTemp',
    codes: ['ENOSPC', 'EDQUOT', 'EMFILE', 'EACCES', 'EROFS'],
    ways: ['create exclusively', 'stream'],
  },
  // Every random name exists: that is no accident any more.
  { operation: 'open', step: 'createTemp', codes: ['EEXIST'], ways: ['overwrite'] },
  {
    operation: 'write',
    step: 'write',
    codes: ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EPERM', 'ESTALE'],
    ways: ['overwrite'],
  },
  {
    operation: 'write',
    step: 'write',
    codes: ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'],
    ways: ['create', 'create exclusively', 'create where absent', 'stream'],
  },
  {
    operation: 'fstat',
    step: 'verify',
    codes: ['EIO', 'ESTALE'],
    ways: ['overwrite', 'create exclusively', 'stream'],
  },
  {
    operation: 'fchmod',
    step: 'setMode',
    codes: ['EPERM', 'EACCES', 'EIO', 'EROFS', 'ENOSPC'],
    ways: ['overwrite'],
  },
  { operation: 'fchmod', step: 'setMode', codes: ['EPERM', 'EIO'], ways: ['create exclusively', 'stream'] },
  {
    operation: 'fsync',
    step: 'sync',
    codes: ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'ESTALE'],
    ways: ['overwrite'],
  },
  {
    operation: 'fsync',
    step: 'sync',
    codes: ['EIO', 'ENOSPC', 'EDQUOT'],
    ways: ['create exclusively', 'create where absent', 'stream'],
  },
  { operation: 'close', step: 'close', codes: ['EIO', 'ENOSPC', 'EDQUOT', 'ESTALE'], ways: ['overwrite'] },
  {
    operation: 'close',
    step: 'close',
    codes: ['EIO', 'ENOSPC'],
    ways: ['create exclusively', 'create where absent', 'stream'],
  },
  {
    operation: 'rename',
    step: 'rename',
    codes: [
      'ENOSPC',
      'EDQUOT',
      'EIO',
      'EROFS',
      'ESTALE',
      'EXDEV',
      'ENOENT',
      'ENOMEM',
      'EPERM',
      'EACCES',
      'EBUSY',
    ],
    ways: ['overwrite'],
  },
  {
    operation: 'rename',
    step: 'rename',
    codes: ['ENOSPC', 'EIO', 'EROFS', 'EBUSY'],
    ways: ['create', 'stream'],
  },
  {
    operation: 'link',
    step: 'rename',
    codes: ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'ESTALE', 'EPERM', 'EMLINK', 'EEXIST'],
    ways: ['create exclusively'],
  },
  {
    operation: 'link',
    step: 'rename',
    codes: ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES'],
    ways: ['create where absent'],
  },
  {
    operation: 'mkdir',
    step: 'makeFolder',
    codes: ['ENOSPC', 'EDQUOT', 'EIO', 'EPERM', 'EACCES', 'EROFS', 'EMLINK'],
    ways: ['create in new folders'],
  },
];

/** Errors of the last step, when the new name is there already. */
const unsure: readonly { readonly operation: Operation; readonly codes: readonly Code[] }[] = [
  { operation: 'opendir', codes: ['EMFILE', 'ENFILE', 'EIO', 'ESTALE'] },
  { operation: 'fsyncdir', codes: ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'ESTALE'] },
];

const cell = (
  title: string,
  way: Way,
  faults: readonly Fault[],
  ending: Ending,
  options: Cell['options'] = {},
): Cell => ({ title: `${title}: ${way}`, way, faults, options, ending });

const refused = (step: string, code: string): Ending => ({ kind: 'refused', step, code });
const written: Ending = { kind: 'written' };

function* lastingCells(): Generator<Cell> {
  for (const { operation, step, codes, ways } of lasting) {
    for (const what of codes) {
      for (const way of ways) {
        // Which makes a new file need the step that sets its mode.
        const mode = { mode: 0o640 };
        const options =
          operation === 'rename' ? { renameDeadlineMs: 40 } : operation === 'fchmod' ? mode : {};
        yield cell(`${what} at ${operation}`, way, [{ operation, what }], refused(step, what), options);
      }
    }
  }
  for (const { operation, codes } of unsure) {
    for (const what of codes) {
      for (const way of ['overwrite', 'create exclusively', 'stream'] as const) {
        yield cell(`${what} at ${operation}`, way, [{ operation, what }], { kind: 'unsure', code: what });
      }
    }
  }
}

/** The place of a write among several: short writes make one text many, pieces make a stream many. */
function* writeCells(): Generator<Cell> {
  for (const what of ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'] as const) {
    for (const [place, times] of [
      ['the second', 1],
      ['the fourth', 3],
    ] as const) {
      const faults: Fault[] = [
        { operation: 'write', what: 'SHORT', times },
        { operation: 'write', what },
      ];
      yield cell(`${what} at ${place} write`, 'overwrite', faults, refused('write', what));
    }
    for (const [place, skip] of [
      ['the middle', 1],
      ['the last', 2],
    ] as const) {
      const faults: Fault[] = [{ operation: 'write', what, skip }];
      yield cell(`${what} at ${place} piece`, 'stream', faults, refused('write', what));
    }
  }
  for (const way of ['overwrite', 'create exclusively', 'stream'] as const) {
    yield cell('short writes', way, [{ operation: 'write', what: 'SHORT', times: 20 }], written);
    yield cell(
      'writes that lie',
      way,
      [{ operation: 'write', what: 'LIE' }],
      refused('verify', 'SHORT_WRITE'),
    );
  }
  // The kernel's partial count hides an error that is over when the rest is written.
  const briefly: Fault[] = [
    { operation: 'write', what: 'SHORT', times: 1 },
    { operation: 'write', what: 'ENOSPC', times: 1 },
  ];
  yield cell('ENOSPC at the second write alone', 'overwrite', briefly, written);
  const lastPiece: Fault[] = [{ operation: 'write', what: 'LIE', skip: 2 }];
  yield cell('a last piece that lies', 'stream', lastPiece, refused('verify', 'SHORT_WRITE'));
}

/** Faults that pass or can be done without. */
function* passingCells(): Generator<Cell> {
  for (const operation of [
    'open',
    'write',
    'fchmod',
    'fsync',
    'close',
    'rename',
    'opendir',
    'fsyncdir',
  ] as const) {
    const faults: Fault[] = [{ operation, what: 'EINTR', times: operation === 'close' ? 1 : 3 }];
    yield cell(`EINTR at ${operation}`, 'overwrite', faults, { kind: 'written', durability: 'full' });
  }
  yield cell(
    'EINTR at link',
    'create exclusively',
    [{ operation: 'link', what: 'EINTR', times: 3 }],
    written,
  );
  yield cell(
    'EINTR at mkdir',
    'create in new folders',
    [{ operation: 'mkdir', what: 'EINTR', times: 3 }],
    written,
  );
  yield cell('EEXIST at four opens', 'overwrite', [{ operation: 'open', what: 'EEXIST', times: 4 }], written);
  for (const what of ['EPERM', 'EACCES', 'EBUSY'] as const) {
    for (const way of ['overwrite', 'stream'] as const) {
      const faults: Fault[] = [{ operation: 'rename', what, times: 3 }];
      yield cell(`${what} at three renames`, way, faults, { kind: 'written', renameRetries: 3 });
    }
  }
  yield cell(
    'EPERM at ten renames',
    'overwrite',
    [{ operation: 'rename', what: 'EPERM', times: 10 }],
    { kind: 'written', renameRetries: 10 },
    { renameDeadlineMs: 60_000 },
  );
  for (const [operation, what] of [
    ['fsyncdir', 'EINVAL'],
    ['fsyncdir', 'EPERM'],
    ['fsyncdir', 'ENOTSUP'],
    ['opendir', 'EACCES'],
  ] as const) {
    yield cell(`${what} at ${operation}`, 'overwrite', [{ operation, what }], {
      kind: 'written',
      durability: 'data',
    });
  }
  // A file system without hard links; the caller asked for a look beforehand, and that was had.
  for (const what of ['EPERM', 'EMLINK', 'ENOTSUP', 'ENOSYS'] as const)
    yield cell(`${what} at link`, 'create where absent', [{ operation: 'link', what }], written);
  yield cell(
    'EEXIST at link',
    'create where absent',
    [{ operation: 'link', what: 'EEXIST' }],
    refused('rename', 'CONFLICT'),
  );
  for (const what of ['EPERM', 'EINVAL', 'EIO'] as const) {
    yield cell(`${what} at fchown`, 'overwrite a file of another owner', [{ operation: 'fchown', what }], {
      kind: 'written',
      isOwnerKept: false,
    });
  }
}

/** Every step of a write with every error that it may meet, and what has to come of it. */
export const cells: readonly Cell[] = [...lastingCells(), ...writeCells(), ...passingCells()];
