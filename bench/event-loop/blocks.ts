import { readFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { repositoryFolder } from '../../test/support/repository.ts';

/** A time in which the event loop could serve nobody else. */
type Block = {
  /** On the clock of the profiler, in microseconds. */
  readonly start: number;
  readonly end: number;
  /** Less what the thread waited for a processor, in ms: on a busy machine that is nobody's fault. */
  readonly ownMs: number;
};

export type LoopReport = {
  readonly wallMs: number;
  /** The event loop's worst and 99th percentile delay as `monitorEventLoopDelay` has it, in ms. */
  readonly worstMs: number;
  readonly p99Ms: number;
  /** The longest block, less waits for a processor, in ms. */
  readonly longestOwnMs: number;
  readonly blocksOver10Ms: number;
  /** In which functions the longest blocks were spent, the longest block first. */
  readonly longest: readonly { readonly ownMs: number; readonly where: readonly string[] }[];
};

const tickMs = 1;

/** Nanoseconds that this thread was ready to run and had no processor (Linux, Documentation/scheduler/sched-stats). */
function waitedNs(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[1]);
  } catch {
    return 0;
  }
}

const nowUs = () => Number(process.hrtime.bigint() / 1000n);

/** Runs `action` and tells for how long it kept the event loop, and where. */
export async function watchLoop(action: () => Promise<void>): Promise<LoopReport> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 250 });
  await session.post('Profiler.start');
  const histogram = monitorEventLoopDelay({ resolution: tickMs });
  const blocks: Block[] = [];
  let lastUs = nowUs();
  let lastWaited = waitedNs();
  const timer = setInterval(() => {
    const now = nowUs();
    const waited = waitedNs();
    const ownMs = (now - lastUs) / 1000 - tickMs - (waited - lastWaited) / 1e6;
    if (ownMs > 2) blocks.push({ start: lastUs, end: now, ownMs });
    lastUs = now;
    lastWaited = waited;
  }, tickMs);
  histogram.enable();
  const startedAt = performance.now();
  await action();
  const wallMs = performance.now() - startedAt;
  histogram.disable();
  clearInterval(timer);
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const sorted = blocks.toSorted((a, b) => b.ownMs - a.ownMs);
  return {
    wallMs,
    worstMs: histogram.max / 1e6 - tickMs,
    p99Ms: histogram.percentile(99) / 1e6 - tickMs,
    longestOwnMs: sorted[0]?.ownMs ?? 0,
    blocksOver10Ms: sorted.filter(({ ownMs }) => ownMs > 10).length,
    longest: sorted.slice(0, 6).map((block) => ({ ownMs: block.ownMs, where: whereIn(profile, block) })),
  };
}

/** Gives the functions of ours that a block's time was spent in or below, and Node's where none of ours was running. */
function whereIn(profile: Profiler.Profile, block: Block): string[] {
  const parents = new Map<number, Profiler.ProfileNode>();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  for (const node of profile.nodes) {
    for (const child of node.children ?? []) parents.set(child, node);
  }
  const spentUs = new Map<string, number>();
  let at = profile.startTime;
  for (const [index, id] of (profile.samples ?? []).entries()) {
    const delta = profile.timeDeltas?.[index] ?? 0;
    at += delta;
    const leaf = nodes.get(id);
    if (at <= block.start || at > block.end || leaf === undefined || leaf.callFrame.functionName === '(idle)')
      continue;
    let node: Profiler.ProfileNode | undefined = leaf;
    while (node !== undefined && !node.callFrame.url.includes('/out/src/')) node = parents.get(node.id);
    const name = node === undefined ? describe(leaf) : describe(node);
    const detail =
      node === undefined || node === leaf
        ? name
        : `${name} > ${leaf.callFrame.functionName || '(anonymous)'}`;
    spentUs.set(detail, (spentUs.get(detail) ?? 0) + delta);
  }
  return [...spentUs]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 4)
    .map(([name, us]) => `${(us / 1000).toFixed(1)} ms ${name}`);
}

function describe({ callFrame }: Profiler.ProfileNode): string {
  const { functionName, url, lineNumber } = callFrame;
  const file = url.startsWith('file:') ? fileURLToPath(url).replace(`${repositoryFolder}/out/`, '') : url;
  return `${functionName || '(anonymous)'}${file === '' ? '' : ` ${file}:${lineNumber + 1}`}`;
}
