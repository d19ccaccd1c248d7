// Before the first paint: the chosen theme, or the system's where none was chosen.
(() => {
  const chosen = localStorage.getItem('rondo-theme');
  if (chosen === 'dark' || chosen === 'light') {
    document.documentElement.dataset.theme = chosen;
  }
})();
