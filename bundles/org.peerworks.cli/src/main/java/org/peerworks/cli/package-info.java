/** The {@code peerworks} command line: what each command does. */
package org.peerworks.cli;
