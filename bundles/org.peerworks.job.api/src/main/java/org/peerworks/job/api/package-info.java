/** Jobs and job types: what plugins implement, what clients and protocols call. */
@Export
@Version("1.1.0")
package org.peerworks.job.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
