/** The command {@code client-train}. */
package org.peerworks.cli.train;
