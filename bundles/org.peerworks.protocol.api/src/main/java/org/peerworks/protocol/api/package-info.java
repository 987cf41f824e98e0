/** Protocols: the messages of a channel as calls on jobs and files. */
@Export
@Version("1.0.0")
package org.peerworks.protocol.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
