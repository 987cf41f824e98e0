/** Reads and writes SLEAP label files (`.slp`, HDF5). */
@Export
@Version("1.0.0")
package org.peerworks.lib.slp;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
