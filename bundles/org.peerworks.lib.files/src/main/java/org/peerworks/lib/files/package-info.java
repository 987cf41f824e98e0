/** Files as a cautious program handles them: names, atomic writes, trees, hashes, archives. */
@Export
@Version("1.1.0")
package org.peerworks.lib.files;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
