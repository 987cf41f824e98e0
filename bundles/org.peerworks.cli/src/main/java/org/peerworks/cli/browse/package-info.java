/** The command that shows a worker's files in a browser. */
package org.peerworks.cli.browse;
