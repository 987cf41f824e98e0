/** Choosing one of several things at a terminal, with arrow keys or by number. */
package org.peerworks.cli.select;
