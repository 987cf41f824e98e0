/** Commands of the shell. */
package org.peerworks.deploy.shell;
