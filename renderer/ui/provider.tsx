/** Mantine with our tokens: its colours are ours, so that one place decides them. */
import {
  createTheme,
  defaultVariantColorsResolver,
  MantineProvider,
  Modal,
  SegmentedControl,
  type CSSVariablesResolver,
} from '@mantine/core';
import type { ReactNode } from 'react';

const theme = createTheme({
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 'var(--radius)',
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  fontSizes: { xs: '11.5px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  // White on the dark theme's accent would be too faint, and Mantine's own choice knows one theme only.
  variantColorResolver: (input) =>
    input.variant === 'filled'
      ? {
          background: 'var(--accent)',
          hover: 'var(--accent-strong)',
          color: 'var(--on-accent)',
          border: '1px solid transparent',
        }
      : defaultVariantColorsResolver(input),
  colors: {
    accent: [
      '#eef1fe',
      '#dbe2fd',
      '#b7c4fb',
      '#9fb1fd',
      '#8aa2ff',
      '#5f7be6',
      '#3454d1',
      '#2c48b6',
      '#243b96',
      '#1b2d73',
    ],
  },
  respectReducedMotion: true,
  components: {
    // Lines between some choices and not others look like a fault.
    SegmentedControl: SegmentedControl.extend({ defaultProps: { withItemsBorders: false } }),
    // The head of a dialog would else be a second banner of the page (WAI-ARIA 1.2, role banner).
    Modal: Modal.extend({ defaultProps: { attributes: { header: { role: 'none' } } } }),
  },
});

const variables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--dim)',
    '--mantine-color-default': 'var(--raised)',
    '--mantine-color-default-hover': 'var(--none-bg)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-strong)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
  };
  return { variables: {}, light: shared, dark: shared };
};

export function Provider({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
      // The choice is kept by the process behind the window; a page need not store anything.
      colorSchemeManager={NOT_STORED}
    >
      {children}
    </MantineProvider>
  );
}

const NOT_STORED = {
  get: () => 'auto' as const,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};

/** The nonce of this load, by which the security policy knows Mantine's style element. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
