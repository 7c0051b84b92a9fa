// opencc-js ships types for its converters only. We read one dictionary ("旧 新|..."), without the 30 MB converter.
declare module 'opencc-js/dict/TSCharacters' {
  const pairs: string;
  export default pairs;
}
