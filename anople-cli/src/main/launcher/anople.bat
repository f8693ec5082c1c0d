@echo off
rem Starts the anople command with a Java runtime of version 17 or newer; needs nothing else.
rem Variables: JAVA_HOME, else the PATH's java; ANOPLE_JAVA_OPTS, options for Java; SPARK_HOME (and HADOOP_CONF_DIR),
rem for 'benchmark --spark' alone.
setlocal EnableExtensions DisableDelayedExpansion

set "anople_java="
if not defined JAVA_HOME goto path
set "anople_java=%JAVA_HOME%\bin\java.exe"
if exist "%anople_java%" goto version
echo anople: JAVA_HOME: "%JAVA_HOME%" has no bin\java.exe: set it to the folder of a Java runtime of version 17 or newer, or unset it 1>&2
exit /b 1

:path
for %%p in (java.exe) do set "anople_java=%%~$PATH:p"
if defined anople_java goto version
echo anople: PATH: no java is on it: install a Java runtime of version 17 or newer, or set JAVA_HOME to its folder 1>&2
exit /b 1

:version
rem "call": a command that starts with a quote would lose it.
set "anople_version="
for /f "tokens=3" %%v in ('call "%anople_java%" -version 2^>^&1 ^| findstr /c:" version "') do if not defined anople_version set "anople_version=%%~v"
set "anople_major="
for /f "tokens=1,2 delims=.-+_" %%a in ("%anople_version%") do (
  set "anople_major=%%a"
  if "%%a"=="1" set "anople_major=%%b"
)
if defined anople_major goto old
echo anople: "%anople_java%": does not say which version of Java it is: install a Java runtime of version 17 or newer, or set JAVA_HOME to its folder 1>&2
exit /b 1

:old
if %anople_major% GEQ 17 goto run
echo anople: "%anople_java%": is Java %anople_version%, and 17 or newer is needed: install one, or set JAVA_HOME to its folder 1>&2
exit /b 1

:run
set "anople_spark="
set "anople_class_path=%~dp0lib\anople-cli.jar"
if "%~1"=="benchmark" if defined SPARK_HOME call :spark %*
"%anople_java%" "@%~dp0lib\java.options" %anople_spark% %ANOPLE_JAVA_OPTS% -cp "%anople_class_path%" io.github.anople.cli.Main %*
exit /b %ERRORLEVEL%

rem A benchmark on Spark: Spark's libraries come first, as they do on its executors.
:spark
if "%~1"=="" exit /b
if "%~1"=="--spark" (
  set anople_spark="@%~dp0lib\spark.options"
  set "anople_class_path=%SPARK_HOME%\jars\*;%~dp0lib\anople-cli.jar"
  if defined HADOOP_CONF_DIR set "anople_class_path=%HADOOP_CONF_DIR%;%SPARK_HOME%\jars\*;%~dp0lib\anople-cli.jar"
  exit /b
)
shift
goto spark
