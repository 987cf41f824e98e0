/** The worker's commands for people who come in through a door, each with a role. */
@Export
@Version("1.0.0")
package org.peerworks.shell.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
