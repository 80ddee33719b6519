/** The test of a sender as the process behind the window knows it, and what the person does with it. */
import { create } from 'zustand';
import type { OutboundStart, OutboundState } from '../../shared/ipc/outbound.ts';
import type { ScenarioId } from '../../shared/lab/scenario.ts';
import type { TestReport } from '../../shared/lab/test-report.ts';
import { outboundBridge } from '../bridge/outbound-bridge.ts';
import { words } from '../words/words.ts';
import { formOf, readForm, withField, type PlaceField, type PlaceForm } from './outbound-form.ts';
import { changeSetup, followTest } from './outbound-setup.ts';

export interface OutboundView {
  /** Null until it was read. */
  readonly state: OutboundState | null;
  /** What is asked of the process now. */
  readonly busy: 'starting' | 'again' | 'stopping' | null;
  /** Why what was asked for last was not done; null when it was. */
  readonly fault: string | null;
  /** Null until it was read. */
  readonly form: PlaceForm | null;
  readonly isFormOpen: boolean;
  /** Why it did not start; null when it did, or was not asked to. */
  readonly trouble: Exclude<OutboundStart, { readonly kind: 'started' }> | null;
  /** The situations whose steps are shown. */
  readonly unfolded: readonly ScenarioId[];
}

export const useOutbound = create<OutboundView>(() => ({
  state: null,
  busy: null,
  fault: null,
  form: null,
  isFormOpen: false,
  trouble: null,
  unfolded: [],
}));

export function listenToOutbound(): void {
  outboundBridge.onChanged(take);
  void asking(null, outboundBridge.read);
}

export function typePlace(field: PlaceField, value: string): void {
  const { form, trouble } = useOutbound.getState();
  if (form === null) return;
  const isMended = trouble?.kind === 'refused' && trouble.field === field;
  useOutbound.setState({
    form: withField(form, field, value),
    ...(isMended && { trouble: null }),
  });
}

export function showPlace(isFormOpen: boolean): void {
  useOutbound.setState({ isFormOpen });
}

/** `open`: the person has said yes to being reached by other machines. */
export async function startTest(open = false): Promise<void> {
  const { form, busy } = useOutbound.getState();
  if (form === null || busy !== null) return;
  const read = readForm(form);
  if (!read.ok) {
    const { field, message } = read;
    useOutbound.setState({ trouble: { kind: 'refused', field, message }, isFormOpen: true });
    return;
  }
  useOutbound.setState({ busy: 'starting', trouble: null, fault: null });
  try {
    const reply = await outboundBridge.start({ ...read.wish, open });
    if (reply.kind === 'started') {
      useOutbound.setState({ form: formOf(reply.state.wish), isFormOpen: false });
      take(reply.state);
    } else {
      const isRefused = reply.kind === 'refused';
      useOutbound.setState({ trouble: reply, ...(isRefused && { isFormOpen: true }) });
    }
  } catch (error) {
    useOutbound.setState({ fault: faultOf(error) });
  } finally {
    useOutbound.setState({ busy: null });
  }
}

/** The question whether other machines may reach it. */
export async function answerOpening(yes: boolean): Promise<void> {
  if (useOutbound.getState().trouble?.kind !== 'asks') return;
  useOutbound.setState({ trouble: null });
  if (yes) await startTest(true);
}

export function takeNewRecipients(): Promise<void> {
  return asking('again', outboundBridge.again);
}

export function stopTest(): Promise<void> {
  return asking('stopping', outboundBridge.stop);
}

export function unfoldSituation(id: ScenarioId, shown: boolean): void {
  const others = useOutbound.getState().unfolded.filter((each) => each !== id);
  useOutbound.setState({ unfolded: shown ? [...others, id] : others });
}

export function reportOf(state: OutboundState | null): TestReport | null {
  return state?.kind === 'running' ? state.report : null;
}

function take(state: OutboundState): void {
  const before = useOutbound.getState();
  const [was, is] = [reportOf(before.state), reportOf(state)];
  followTest(was, is);
  // A window that was loaded anew.
  if (before.state === null && state.kind === 'running' && state.resolver !== null)
    changeSetup({ resolver: state.resolver });
  useOutbound.setState({
    state,
    form: before.form ?? formOf(state.wish),
    ...(was?.alias !== is?.alias && { unfolded: [] }),
  });
}

async function asking(
  busy: OutboundView['busy'],
  ask: () => Promise<OutboundState>,
): Promise<void> {
  if (useOutbound.getState().busy !== null) return;
  useOutbound.setState({ busy, fault: null });
  try {
    take(await ask());
  } catch (error) {
    useOutbound.setState({ fault: faultOf(error) });
  } finally {
    useOutbound.setState({ busy: null });
  }
}

function faultOf(error: unknown): string {
  return words.outbound.couldNotDo(
    error instanceof Error ? error.message : words.frame.unknownFault,
  );
}
