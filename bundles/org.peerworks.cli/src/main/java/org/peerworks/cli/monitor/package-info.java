/** SLEAP's monitor on this machine, and the training that it watches. */
package org.peerworks.cli.monitor;
