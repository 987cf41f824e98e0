/** What a command says, to people and to scripts. */
package org.peerworks.cli.terminal;
