//! The modules that come with Python.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// The names at the top of Python's standard library, sorted: those of
/// `sys.stdlib_module_names` in CPython 3.10 to 3.14 and of the module index of
/// 3.9, less the modules that only test Python itself. The platform does not
/// say which version it runs, so a name counts that one of them has.
const NAMES: &str = "
__future__ __main__ _abc _aix_support _android_support _apple_support _ast _ast_unparse _asyncio
_bisect _blake2 _bootlocale _bootsubprocess _bz2 _codecs _codecs_cn _codecs_hk _codecs_iso2022
_codecs_jp _codecs_kr _codecs_tw _collections _collections_abc _colorize _compat_pickle
_compression _contextvars _crypt _csv _ctypes _curses _curses_panel _datetime _dbm _decimal
_elementtree _frozen_importlib _frozen_importlib_external _functools _gdbm _hashlib _heapq _hmac
_imp _interpchannels _interpqueues _interpreters _io _ios_support _json _locale _lsprof _lzma
_markupbase _md5 _msi _multibytecodec _multiprocessing _opcode _opcode_metadata _operator
_osx_support _overlapped _peg_parser _pickle _posixshmem _posixsubprocess _py_abc _py_warnings
_pydatetime _pydecimal _pyio _pylong _pyrepl _queue _random _remote_debugging _scproxy _sha1
_sha2 _sha256 _sha3 _sha512 _signal _sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics
_string _strptime _struct _suggestions _symtable _sysconfig _thread _threading_local _tkinter
_tokenize _tracemalloc _types _typing _uuid _warnings _weakref _weakrefset _winapi _wmi
_zoneinfo _zstd abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore
atexit audioop base64 bdb binascii binhex bisect builtins bz2 cProfile calendar cgi cgitb chunk
cmath cmd code codecs codeop collections colorsys compileall compression concurrent configparser
contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal
difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp
fileinput fnmatch formatter fractions ftplib functools gc genericpath getopt getpass gettext
glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect
io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap
marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt
ntpath nturl2path numbers opcode operator optparse os ossaudiodev parser pathlib pdb pickle
pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd
py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource
rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib
sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics
string stringprep struct subprocess sunau symbol symtable sys sysconfig syslog tabnanny tarfile
telnetlib tempfile termios test textwrap this threading time timeit tkinter token tokenize
tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest
urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc
zipapp zipfile zipimport zlib zoneinfo
";

/// Whether a module, by the first part of its name, comes with Python.
pub(crate) fn is_in_standard_library(top: &str) -> bool {
    static SET: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| NAMES.split_ascii_whitespace().collect());
    SET.contains(top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_sorted_and_stand_once() {
        let names: Vec<_> = NAMES.split_ascii_whitespace().collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    }

    #[test]
    fn what_comes_with_some_python_is_known_and_what_does_not_is_not() {
        for name in [
            "json",
            "urllib",
            "distutils",
            "tomllib",
            "zoneinfo",
            "cgi",
            "_thread",
            "__future__",
        ] {
            assert!(is_in_standard_library(name), "{name}");
        }
        for name in ["requests", "urllib3", "pandas", "JSON", "numpy", "pip", ""] {
            assert!(!is_in_standard_library(name), "{name}");
        }
    }
}
