/** The drop folder: files that are put into a directory are installed. */
package org.peerworks.deploy.drop;
