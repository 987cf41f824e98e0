/**
 * The command line as data: what may be said, and what it means for the launcher. Depends on
 * picocli and the JDK only, so that {@code --help} needs no framework.
 */
package org.peerworks.cli.command;
