/** Whether a worker is well: checks, readiness, vital parts and figures. */
@Export
@Version("1.0.0")
package org.peerworks.health.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
