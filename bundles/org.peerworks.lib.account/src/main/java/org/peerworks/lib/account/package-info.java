/**
 * What a user of sleap-rtc has set: configuration, credentials, secrets of rooms, environment
 * (sleap-rtc configuration and credentials files). Read as they are, so that a user changes
 * nothing; rewritten without losing what is not known here.
 */
@Export
@Version("1.0.0")
package org.peerworks.lib.account;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
