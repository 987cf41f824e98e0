/** Connections to peers, and the channels on them. */
@Export
@Version("1.1.0")
package org.peerworks.transport.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
