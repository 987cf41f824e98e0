/**
 * What the job types for SLEAP packages share: reading a package's scripts as data, keeping paths
 * inside the package, running the trainer as a step and reading its output.
 */
@Export
@Version("1.0.0")
package org.peerworks.lib.sleap;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
