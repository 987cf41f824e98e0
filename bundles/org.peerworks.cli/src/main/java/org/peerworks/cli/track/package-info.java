/** The command {@code client-track}. */
package org.peerworks.cli.track;
