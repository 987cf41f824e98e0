/** The commands {@code worker} and {@code signal}, which run until they are stopped. */
package org.peerworks.cli.serve;
