/** Our own protocol between two of ours: see docs/protocol.md. */
package org.peerworks.protocol.peerworks;
