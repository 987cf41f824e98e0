/** A worker's mounts: what is in them, what clients look for, and how job types reach it. */
@Export
@Version("1.0.0")
package org.peerworks.files.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
