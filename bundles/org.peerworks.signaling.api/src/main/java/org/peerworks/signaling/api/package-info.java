/** Rooms where peers meet and exchange offers; never sees job data. */
@Export
@Version("1.2.0")
package org.peerworks.signaling.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
