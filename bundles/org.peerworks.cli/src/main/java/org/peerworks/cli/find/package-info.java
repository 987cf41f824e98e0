/** Files of a worker: which one is meant, and where a project's videos are. */
package org.peerworks.cli.find;
