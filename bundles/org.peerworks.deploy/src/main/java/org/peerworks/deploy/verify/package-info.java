/** Looks at jars before the framework sees them. */
package org.peerworks.deploy.verify;
