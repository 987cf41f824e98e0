/** Who changed what on this worker, from where, and how it ended. */
@Export
@Version("1.0.0")
package org.peerworks.audit.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
