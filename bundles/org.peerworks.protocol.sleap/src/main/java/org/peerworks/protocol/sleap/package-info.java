/** The sleap-rtc wire format towards Python peers, both roles: see docs/protocol.md. */
package org.peerworks.protocol.sleap;
