/** In place of the packer that cdktf loads and no test needs. */
export = () => {
  throw new Error('a test packs a folder: take the mapping of archiver out of the configuration of jest');
};
