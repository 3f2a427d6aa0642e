# Commands are imported by their names, and content, schemas, styles and translations are files of the package.
from PyInstaller.utils.hooks import collect_data_files, collect_submodules

hiddenimports = [name for name in collect_submodules("screener") if "__pyinstaller" not in name]
hiddenimports += collect_submodules("textual")
datas = collect_data_files("screener", include_py_files=True)  # The check reads which proofs there are.
