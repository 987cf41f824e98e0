/** Steers a worker through its shell. */
package org.peerworks.cli.shell;
