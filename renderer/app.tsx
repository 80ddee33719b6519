/** The frame of the window: top bar, rail, and the screen that is open. */
import { useEffect, type ReactNode } from 'react';
import { BatchBanner } from './batch/batch-banner.tsx';
import { BatchNews } from './batch/batch-news.tsx';
import { BatchScreen } from './batch/batch-screen.tsx';
import { ChainPane } from './chain/chain-pane.tsx';
import { DetailsDrawer } from './details/details-drawer.tsx';
import { FindingsPanel } from './findings/findings-panel.tsx';
import { TicketDialog } from './findings/ticket-dialog.tsx';
import { DomainForm } from './inspect/domain-form.tsx';
import { GenerateScreen } from './generate/generate-screen.tsx';
import { MaterialInput } from './generate/material-input.tsx';
import { ChangesStrip } from './history/changes-strip.tsx';
import { HistoryBanner } from './history/history-banner.tsx';
import { HistoryButton } from './history/history-button.tsx';
import { HistoryPanel } from './history/history-panel.tsx';
import { InspectScreen } from './inspect/inspect-screen.tsx';
import { WatchLink } from './inspect/watch-link.tsx';
import { Glance } from './outlook/glance.tsx';
import { OutlookTab } from './outlook/outlook-tab.tsx';
import { SendersTab } from './outlook/senders-tab.tsx';
import { CaseBanner, CaseProblem } from './report/case-banner.tsx';
import { CaseQuestion } from './report/case-question.tsx';
import { OutboundScreen } from './lab/outbound-screen.tsx';
import { ReportButton } from './report/report-button.tsx';
import { RolloverScreen } from './rollover/rollover-screen.tsx';
import { DomainQuestion } from './settings/domain-question.tsx';
import { LinkQuestion } from './settings/link-question.tsx';
import { Notices } from './settings/notices.tsx';
import { SettingsScreen } from './settings/settings-screen.tsx';
import { ShortcutSheet } from './settings/shortcut-sheet.tsx';
import { ThemeButton } from './settings/theme-button.tsx';
import { leave } from './store/inspection-store.ts';
import { commandOfKey } from './store/keys.ts';
import { showScreen, useProgram, type Screen } from './store/settings-store.ts';
import { obey } from './store/start.ts';
import { Icon, type IconName } from './ui/icon.tsx';
import { Provider } from './ui/provider.tsx';
import { WatchScreen } from './watch/watch-screen.tsx';
import { words } from './words/words.ts';

const { screens } = words.frame;

export function App(): ReactNode {
  const screen = useProgram((state) => state.screen);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const command = commandOfKey(event);
      if (command === null) return;
      event.preventDefault();
      obey(command);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, []);
  return (
    <Provider>
      <div className="frame">
        <header className="top-bar">
          <h1>
            <button
              type="button"
              className="brand"
              title={words.frame.toStart}
              onClick={() => {
                showScreen('inspect');
                void leave();
              }}
            >
              <span className="brand-mark" aria-hidden />
              {words.frame.program}
            </button>
          </h1>
          <DomainForm />
          <ReportButton />
          <HistoryButton />
          <ThemeButton />
        </header>
        <nav className="rail" aria-label={screens.title}>
          <RailButton screen="inspect" icon="search" open={screen} />
          <RailButton screen="generate" icon="file-plus" open={screen} />
          <RailButton screen="rollover" icon="cycle" open={screen} />
          <div className="rail-place">
            <RailButton screen="batch" icon="list" open={screen} />
            <BatchNews />
          </div>
          <RailButton screen="outbound" icon="send" open={screen} />
          <RailButton screen="watch" icon="eye" open={screen} />
          <span className="rail-space" />
          <RailButton screen="settings" icon="gear" open={screen} />
        </nav>
        <main className="screen">
          <div className="screen-column">
            <Notices />
            <CaseProblem />
            {screen === 'inspect' && <CaseBanner />}
            {screen === 'inspect' && <HistoryBanner />}
            {screen === 'inspect' && <BatchBanner />}
            <div className="screen-rest">
              <OpenScreen screen={screen} />
            </div>
          </div>
        </main>
        <LinkQuestion />
        <TicketDialog />
        <DomainQuestion />
        <ShortcutSheet />
        <CaseQuestion />
        <HistoryPanel />
        <MaterialInput />
      </div>
    </Provider>
  );
}

function OpenScreen({ screen }: { readonly screen: Screen }): ReactNode {
  switch (screen) {
    case 'inspect':
      return (
        <InspectScreen
          chain={<ChainPane />}
          findings={<FindingsPanel />}
          details={<DetailsDrawer senders={<SendersTab />} outlook={<OutlookTab />} />}
          changes={<ChangesStrip />}
          glance={<Glance more={<WatchLink />} />}
        />
      );
    case 'generate':
      return <GenerateScreen />;
    case 'rollover':
      return <RolloverScreen />;
    case 'batch':
      return <BatchScreen />;
    case 'outbound':
      return <OutboundScreen />;
    case 'watch':
      return <WatchScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}

interface RailButtonProps {
  readonly screen: Screen;
  readonly icon: IconName;
  readonly open: Screen;
}

function RailButton({ screen, icon, open }: RailButtonProps): ReactNode {
  const current = screen === open;
  return (
    <button
      type="button"
      className={`rail-button${current ? ' is-current' : ''}`}
      {...(current ? { 'aria-current': 'page' } : {})}
      onClick={() => {
        showScreen(screen);
      }}
    >
      <Icon name={icon} size={18} />
      {screens[screen]}
    </button>
  );
}
