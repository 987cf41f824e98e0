// Before anything is drawn: the theme that was chosen last.
(() => {
  const kept = localStorage.getItem('peerworks-theme');
  if (kept === 'dark' || kept === 'light') {
    document.documentElement.dataset.theme = kept;
  }
})();
