// Dark, until somebody chooses light.

export function toggle() {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === 'light' ? 'dark' : 'light';
  localStorage.setItem('peerworks-theme', root.dataset.theme);
}
