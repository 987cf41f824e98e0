/** From a command line to a worker that takes calls. */
package org.peerworks.cli.connect;
