/**
 * The command line as data: what may be said, and what it means for the launcher. Depends on
 * picocli, the JDK and the library for sleap-rtc's files only, so that {@code --help} needs no
 * framework.
 */
package org.peerworks.cli.command;
