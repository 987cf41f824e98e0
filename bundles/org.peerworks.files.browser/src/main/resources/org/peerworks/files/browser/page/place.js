// Where the page is, as the part of the address behind '#': the browser's own history leads back.

export function addressOf({ path, find = '', mount = '' }) {
  const names = path.split('/').map(encodeURIComponent).join('/');
  const query = new URLSearchParams();
  if (find) {
    query.set('find', find);
  }
  if (mount) {
    query.set('in', mount);
  }
  const text = query.toString();
  return `#${names}${text ? `?${text}` : ''}`;
}

export function placeOf(hash) {
  const [names, query = ''] = hash.replace(/^#/, '').split('?', 2);
  const words = new URLSearchParams(query);
  return { path: decoded(names), find: words.get('find') ?? '', mount: words.get('in') ?? '' };
}

export function go(place) {
  location.hash = addressOf(place);
}

export function replace(place) {
  history.replaceState(null, '', addressOf(place));
}

/** The mount that a path lies in: the innermost of several. */
export function mountOf(path, mounts) {
  return mounts
    .filter(mount => path === mount.path || path.startsWith(withSlash(mount.path)))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/** The folder around a path, or nothing at the top of its mount. */
export function parentOf(path, mounts) {
  const mount = mountOf(path, mounts);
  if (!mount || path === mount.path) {
    return null;
  }
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

export function nameOf(path) {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folders from a mount down to a path: [{name, path}]. */
export function crumbsOf(path, mounts) {
  const mount = mountOf(path, mounts);
  const top = mount ? mount.path : '/';
  const crumbs = [{ name: top, path: top }];
  let at = top === '/' ? '' : top;
  for (const name of path.slice(top.length).split('/').filter(Boolean)) {
    at += `/${name}`;
    crumbs.push({ name, path: at });
  }
  return crumbs;
}

function withSlash(path) {
  return path.endsWith('/') ? path : `${path}/`;
}

function decoded(names) {
  try {
    return names.split('/').map(decodeURIComponent).join('/');
  } catch {
    return names;
  }
}
