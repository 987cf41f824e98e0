/** The commands {@code config …}: sleap-rtc's configuration file. */
package org.peerworks.cli.settings;
